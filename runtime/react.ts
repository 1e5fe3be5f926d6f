/** The public entry for pages that are made with React. */
export { useCommand, type CommandState } from "./react/use-command.ts";
export type { ListState } from "./react/list-state.ts";
export { useList } from "./react/use-list.ts";
