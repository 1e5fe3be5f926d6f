import { StoreFailure } from "../store-failure.ts";
import type { PostgresAddress } from "./address.ts";

export function noLog({ schema, database }: PostgresAddress): StoreFailure {
  return new StoreFailure(
    "missing",
    `There is no log in the schema ${schema} of the database ${database}.`,
    "Name another one with --store, or start the application once.",
  );
}
