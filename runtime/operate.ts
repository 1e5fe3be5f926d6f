/** The public entry for the command line, which looks at logs and copies them with the runtime that the application runs on. */
export { operate } from "./operate/operate.ts";
