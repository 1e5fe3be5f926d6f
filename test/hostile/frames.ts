import { formWith, right } from "./wrong-values.ts";

type Case = readonly [name: string, frame: string | Buffer, id: string, type: string];

const form = JSON.stringify(right);
const command = (members: string, data = form) => `{"type":"command","id":"1","command":{${members}${members ? "," : ""}"data":${data}}}`;
const names = '"id":"hostile","context":"desk","aggregate":"form","aggregateId":"bad","name":"fill"';
const read = (query: string) => `{"type":"read","id":"1","list":"filled","query":${query}}`;

/** What a stranger sends over a socket, and the problem that comes back under its id; the socket goes on. */
export const frames: readonly Case[] = [
  ["nothing", "", "", "malformed"],
  ["half a JSON", "{", "", "malformed"],
  ["a text", '"hello"', "", "malformed"],
  ["a list", "[]", "", "malformed"],
  ["null", "null", "", "malformed"],
  ["bytes", Buffer.from('{"type":"ping","id":"1"}'), "", "malformed"],
  ["bytes that mean nothing", Buffer.from([0, 1, 2, 255]), "", "malformed"],
  ["no id", '{"type":"ping"}', "", "malformed"],
  ["an id that is a number", '{"type":"ping","id":1}', "", "malformed"],
  ["an id that is an object", '{"type":"ping","id":{}}', "", "malformed"],
  ["an id that is too long", `{"type":"ping","id":"${"1".repeat(301)}"}`, "", "malformed"],
  ["no type", '{"id":"1"}', "1", "malformed"],
  ["a type that is not there", '{"id":"1","type":"delete"}', "1", "malformed"],
  ["a type of every object", '{"id":"1","type":"toString"}', "1", "malformed"],
  ["a type that is an object", '{"id":"1","type":{}}', "1", "malformed"],
  ["the server's words", '{"id":"1","type":"authenticated"}', "1", "malformed"],
  ["a prototype", '{"id":"1","type":"ping","__proto__":{"isAdmin":true}}', "", "malformed"],
  ["a constructor", '{"id":"1","type":"ping","constructor":{"prototype":{"isAdmin":true}}}', "", "malformed"],
  ["nesting", `{"id":"1","type":"read","list":"filled","query":${"[".repeat(200_000)}${"]".repeat(200_000)}}`, "", "malformed"],
  ["a command without anything", '{"type":"command","id":"1"}', "1", "malformed"],
  ["a command that is null", '{"type":"command","id":"1","command":null}', "1", "malformed"],
  ["a command that is a list", '{"type":"command","id":"1","command":[]}', "1", "malformed"],
  ["a command without names", command(""), "1", "malformed"],
  ["a command whose name is a number", command(names.replace('"fill"', "7")), "1", "malformed"],
  ["a command whose name is a list", command(names.replace('"fill"', '["fill"]')), "1", "malformed"],
  ["a command whose id is null", command(names.replace('"hostile"', "null")), "1", "malformed"],
  ["a command that is not there", command(names.replace('"fill"', '"fil"')), "1", "unknown-command"],
  ["a command of every object", command(names.replace('"fill"', '"constructor"')), "1", "unknown-command"],
  ["an aggregate of every object", command(names.replace('"form"', '"__proto__"')), "1", "unknown-command"],
  ["an empty id", command(names.replace('"bad"', '""')), "1", "not-valid"],
  ["an id with a line break", command(names.replace('"bad"', '"a\\nb"')), "1", "not-valid"],
  ["an id that is too long, though not for a message", command(names.replace('"bad"', `"${"i".repeat(201)}"`)), "1", "not-valid"],
  ["an empty id of the command", command(names.replace('"hostile"', '""')), "1", "not-valid"],
  ["no data", `{"type":"command","id":"1","command":{${names}}}`, "1", "not-valid"],
  ["data that are null", command(names, "null"), "1", "not-valid"],
  ["data that are a list", command(names, "[]"), "1", "not-valid"],
  ["a field that nobody knows", command(names, formWith("isAdmin", "true")), "1", "not-valid"],
  [
    "a user that one would like to be",
    `{"type":"command","id":"1","user":{"id":"boss"},"command":{${names},"user":{"id":"boss"},"data":{}}}`,
    "1",
    "not-valid",
  ],
  ["a list that is not there", '{"type":"read","id":"1","list":"fill","query":{}}', "1", "unknown-list"],
  ["a list of every object", '{"type":"read","id":"1","list":"__proto__","query":{}}', "1", "unknown-list"],
  ["a list that is a number", '{"type":"read","id":"1","list":7,"query":{}}', "1", "malformed"],
  ["a list that is for others", '{"type":"read","id":"1","list":"hidden","query":{}}', "1", "not-allowed"],
  ["observing a list that is for others", '{"type":"observe","id":"1","list":"hidden","query":{}}', "1", "not-allowed"],
  ["no question", '{"type":"read","id":"1","list":"filled"}', "1", "not-valid"],
  ["a question that is null", read("null"), "1", "not-valid"],
  ["a question that is a list", read("[]"), "1", "not-valid"],
  ["a question with SQL", read('{"where":{"name\\" OR 1=1 --":"x"}}'), "1", "not-valid"],
  ["an order with SQL", read('{"orderBy":{"name; DROP TABLE filled":"ascending"}}'), "1", "not-valid"],
  ["an order that is a list", read('{"orderBy":["name"]}'), "1", "not-valid"],
  ["a take that is a text", read('{"take":"10"}'), "1", "not-valid"],
  ["a take that is infinite", read('{"take":1e400}'), "1", "not-valid"],
  ["a skip below nothing", read('{"skip":-1}'), "1", "not-valid"],
  ["a member that is not there", read('{"limit":1}'), "1", "not-valid"],
  ["a position that is a text", '{"type":"read","id":"1","list":"filled","query":{},"after":"1"}', "1", "malformed"],
  ["a position below nothing", '{"type":"read","id":"1","list":"filled","query":{},"after":-1}', "1", "malformed"],
  ["a position that is half", '{"type":"read","id":"1","list":"filled","query":{},"after":0.5}', "1", "malformed"],
  ["no filter", '{"type":"events","id":"1"}', "1", "malformed"],
  ["a filter that is a list", '{"type":"events","id":"1","filter":[]}', "1", "malformed"],
  ["a filter that is not there", '{"type":"events","id":"1","filter":{"user":"jane"}}', "1", "malformed"],
  ["a filter after a text", '{"type":"events","id":"1","filter":{"after":"0"}}', "1", "malformed"],
  ["a filter after infinity", '{"type":"events","id":"1","filter":{"after":1e400}}', "1", "malformed"],
  ["a filter by an object", '{"type":"events","id":"1","filter":{"name":{}}}', "1", "malformed"],
  ["a token that is a number", '{"type":"authenticate","id":"1","token":7}', "1", "malformed"],
  ["a token that is an object", '{"type":"authenticate","id":"1","token":{}}', "1", "malformed"],
  ["a token that is missing", '{"type":"authenticate","id":"1"}', "1", "malformed"],
];

/** Bytes on a socket that are no frames, or frames against the protocol: the connection ends, with this code where there is time for one. */
export const rawFrames: readonly (readonly [name: string, bytes: Buffer])[] = [
  ["HTTP", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
  ["noise", Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 71 + 13) % 256))],
  ["an unmasked text", Buffer.from([0x81, 0x02, 0x7b, 0x7d])],
  ["a reserved operation", masked([0x83], Buffer.from("x"))],
  ["reserved bits", masked([0xf1], Buffer.from("x"))],
  ["a compressed frame that was not agreed on", masked([0xc1], Buffer.from("x"))],
  ["a text that is no UTF-8", masked([0x81], Buffer.from([0xc3, 0x28]))],
  ["a ping that is too long", masked([0x89], Buffer.alloc(126, 1))],
  ["a ping in pieces", masked([0x09], Buffer.from("x"))],
  ["a piece of nothing", masked([0x80], Buffer.from("x"))],
  ["a text that begins within another", Buffer.concat([masked([0x01], Buffer.from("{")), masked([0x81], Buffer.from("}"))])],
  ["a close with half a code", masked([0x88], Buffer.from([0x03]))],
  ["a close with a code that is none", masked([0x88], Buffer.from([0x00, 0x01]))],
  ["a frame of an exabyte", Buffer.from([0x81, 0xff, 0x10, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])],
  ["a frame that is larger than allowed", Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0x20, 0, 0, 1, 2, 3, 4])],
];

/** A frame as a client sends it, its mask being nothing. */
function masked(head: readonly number[], payload: Buffer): Buffer {
  const length = payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 255];

  return Buffer.concat([Buffer.from([...head, ...length, 0, 0, 0, 0]), payload]);
}
