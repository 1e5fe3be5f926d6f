import type { Doc } from "prettier";
import type { Js } from "./syntax.ts";

/** Where an expression stands; that decides about its parentheses and about how it breaks. */
export interface Seat {
  readonly role: Role;
  /** The expression it is part of, absent right below a statement. */
  readonly parent?: Js;
  readonly above?: Seat;
}

export type Role =
  | "statement"
  | "of"
  | "if"
  | "return"
  | "value"
  | "argument"
  /** The last argument, where it opens on the line of its call. */
  | "hugged"
  | "element"
  | "callee"
  | "object"
  | "operand"
  | "left"
  | "right"
  | "test"
  | "then"
  | "otherwise"
  | "body"
  | "hole";

/** Lays out whatever stands in a seat; handed down, so that each form of expression has a file that knows no other. */
export type LayOut = (node: Js, seat: Seat) => Doc;

export const within = (seat: Seat, parent: Js, role: Role): Seat => ({ role, parent, above: seat });
