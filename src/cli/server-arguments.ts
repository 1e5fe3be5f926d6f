import type { Invocation } from "./invocation.ts";

/** What the application is told, as `dev` and `start` take it: by the names that `node server/server.ts --help` gives. */
export const serverOptions: readonly (readonly [flag: string, meaning: string])[] = [
  ["--port <port>", "where to listen (default: 3000)"],
  ["--host <name>", "who can reach it (default: localhost; 0.0.0.0 for all)"],
  ["--http", "without encryption, for use behind a proxy"],
  ["--proxy", "a proxy in front tells who its clients are"],
  ["--store <store>", "sqlite:FILE or postgres://… (default: sqlite:data/NAME.db)"],
  ["--data <folder>", "where the lists and the certificate are kept"],
  ["--issuer <url...>", "whose tokens say who the users are"],
  ["--audience <name...>", "whom a token has to be for"],
  ["--roles-claim <name>", "the claim with the roles"],
  ["--origin <origin...>", "other pages that may use the API"],
  ["--rate <number>", "requests a second for each user or address"],
  ["--questions <number>", "different questions observed at a time"],
  ["--metrics <port>", "where Prometheus reads"],
  ["--compat <wire>", "wolkenkit-1: the clients of wolkenkit 1 to 3 may use it, too"],
];

/** What `dev` and `start` hand on to the application, which says itself what is wrong with it. */
export const serverArguments = (options: Invocation["options"]): readonly string[] =>
  serverOptions.flatMap(([flag]) => {
    const name = flag.slice(2).split(" ")[0] ?? "";
    return handedOn(name, options[name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())]);
  });

/** An option as it is given to another program. */
export function handedOn(name: string, value: Invocation["options"][string]): readonly string[] {
  if (value === undefined || value === false) return [];
  return value === true ? [`--${name}`] : [value].flat().map((each) => `--${name}=${each}`);
}
