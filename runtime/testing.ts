/** The public entry for the processes in which `wkgen test` plays scenarios. */
export { playStories } from "./testing/play-stories.ts";
