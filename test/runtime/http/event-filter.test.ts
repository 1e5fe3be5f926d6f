import { expect, test } from "vitest";
import { readFilter } from "../../../runtime/http/event-filter.ts";
import { posts } from "../../emitters/golden/posts/server/server.ts";

const names = ["sent", "loved", "crossedOut"];

/** Which events of the message m1 go through. */
function wantedBy(filter: object): readonly string[] | string {
  const wanted = readFilter(filter, posts.aggregates);
  if ("type" in wanted) return wanted.detail;
  const [context, aggregate] = [{ name: "communication" }, { name: "message", id: "m1" }];

  return names.filter((name) => wanted.isWanted({ context, aggregate, name }));
}

test.each([
  [{}, names],
  [{ name: "sent" }, ["sent"]],
  [{ name: "posted" }, ["sent"]],
  [{ context: "talk", aggregate: "note", name: "liked" }, ["loved"]],
  [{ context: "communication", aggregate: "message", aggregateId: "m1" }, names],
  [{ aggregateId: "m2" }, []],
  [{ name: "snt" }, 'There is no event "snt". Did you mean "sent"?'],
  [{ name: "constructor" }, 'There is no event "constructor". There are: sent, loved, crossedOut.'],
  [{ context: "comunication" }, 'There is no context "comunication". Did you mean "communication"?'],
  [{ aggregate: "mesage" }, 'There is no aggregate "mesage". Did you mean "message"?'],
])("a filter is by the names of now and by those that were, and by no others: %j", (filter, wanted) => {
  expect(wantedBy(filter)).toEqual(wanted);
});
