import type { Invocation } from "./invocation.ts";

/** What `dev` and `start` hand on to the application, which says itself what is wrong with it. */
export function serverArguments({ port, http }: Invocation["options"]): readonly string[] {
  return [...(typeof port === "string" ? ["--port", port] : []), ...(http === true ? ["--http"] : [])];
}
