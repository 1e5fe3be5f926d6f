/** A form that is filled in as it should be. */
export const right = {
  name: "Jane",
  code: "ABC",
  isUrgent: true,
  pages: 7,
  weight: 1.5,
  price: "19.90",
  sentAt: "2026-01-31T12:00:00.000Z",
  day: "2026-01-31",
  lasts: "PT24H",
  number: "n-1",
  earlier: null,
  mail: "jane@example.com",
  page: "https://example.com/",
  colour: "red",
  place: { street: "High Street 1", zip: "12345" },
  tags: ["a", "b"],
  sizes: { s: 1 },
  extra: { any: ["thing", 1, null] },
  note: null,
} as const;

type Field = keyof typeof right;

const long = JSON.stringify("x".repeat(100_000));
const poison = '{"__proto__":{"isAdmin":true}}';
const notText = ["null", "1", "true", "[]", "{}", '["Jane"]', '{"toString":"Jane"}', '"\\u0000"', '"\\ud800"'];
const notNumber = ["null", '"7"', '""', "true", "[]", "{}", "[7]", "1e400", "-1e400", '"NaN"', '"Infinity"'];

/** As JSON text, by field: nothing of it is a value that the field may have. */
export const wrongValues: { readonly [Name in Field]: readonly string[] } = {
  name: [...notText, '""', '"xxxxxxxxxxxxxxxxxxxxx"', long],
  code: [...notText, '"abc"', '"ABCD"', '"ABC\\n"', '"ÀBC"', '" ABC"'],
  isUrgent: ["null", '"true"', "1", "0", '""', "[]", "{}", "[true]"],
  pages: [...notNumber, "0", "101", "-1", "1.5", "9007199254740993", "1e21", "0.1e1000000"],
  weight: [...notNumber, "-1", "-0.0000001", "1e309"],
  price: [
    "null",
    "true",
    "[]",
    "{}",
    '"x"',
    '""',
    '"1,5"',
    '"1e999999999"',
    '"-0.01"',
    '"1000.01"',
    '"NaN"',
    '"Infinity"',
    '"0x10"',
    '"1_000"',
    `"${"9".repeat(400)}"`,
  ],
  sentAt: [
    "null",
    "true",
    "[]",
    "{}",
    '""',
    '"yesterday"',
    '"2026-02-30T12:00:00Z"',
    '"2026-01-31T25:00:00Z"',
    '"2026-01-31"',
    "1e400",
    "9e99",
    '"+999999-01-01T00:00:00Z"',
  ],
  day: [
    "null",
    "20260131",
    "true",
    "[]",
    "{}",
    '""',
    '"2026-02-30"',
    '"2026-13-01"',
    '"31.01.2026"',
    '"2026-01-31T00:00:00Z"',
    '"2026-1-1"',
  ],
  lasts: ["null", "24", "true", "[]", "{}", '""', '"24 hours"', '"P"', '"PT"', '"P1Y"', '"PT1e9H"', '"-PT1H "'],
  number: ["null", "1", "true", "[]", "{}", '""', '"a\\nb"', '"\\u0000"', '"\\ud800"', `"${"i".repeat(201)}"`],
  earlier: ["1", "true", "[]", "{}", '""', '"a\\u0007b"', `"${"i".repeat(201)}"`, '{"id":"f1"}'],
  mail: [
    "null",
    "1",
    "true",
    "[]",
    "{}",
    '""',
    '"jane"',
    '"jane@"',
    '"@example.com"',
    '"jane@example"',
    '"jane@example.com\\nBcc: all@example.com"',
    `"${"j".repeat(250)}@example.com"`,
  ],
  page: [
    "null",
    "1",
    "true",
    "[]",
    "{}",
    '""',
    '"example.com"',
    '"javascript:alert(1)"',
    '"data:text/html,x"',
    '"file:///etc/passwd"',
    '"https://"',
    '" https://example.com"',
  ],
  colour: ["null", "1", "true", "[]", "{}", '""', '"blue"', '"Red"', '"toString"', '"__proto__"', '["red"]'],
  place: [
    "null",
    "1",
    '"x"',
    "true",
    "[]",
    "{}",
    '{"street":"x"}',
    '{"street":"x","zip":"1"}',
    '{"street":1,"zip":"12345"}',
    '{"street":"x","zip":"12345","more":1}',
    '[{"street":"x","zip":"12345"}]',
  ],
  tags: ["null", "1", '"a"', "{}", '{"0":"a","length":1}', '["a",1]', '["a",null]', '[["a"]]', '["a","b","c","d"]', '{"length":3}'],
  sizes: ["null", "1", '"a"', "[]", '{"s":"1"}', '{"s":1.5}', '{"s":null}', '{"s":{}}'],
  extra: ['"\\u0000"', '"\\ud800"', "1e400", '{"a":{"b":"\\ud800"}}', '{"\\u0000":1}', `${"[".repeat(110)}${"]".repeat(110)}`],
  note: ["1", "true", "[]", "{}", '"\\u0000"', '"\\ud800"'],
};

/** For every field alike; the body cannot be read. */
export const poisonous: readonly string[] = [
  poison,
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"a":{"__proto__":1}}',
  '{"\\u005f_proto__":1}',
];

/** The form with one field's value as this JSON text. */
export function formWith(field: string, json: string): string {
  const others = Object.entries(right).filter(([name]) => name !== field);

  return `{${[...others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`), `${JSON.stringify(field)}:${json}`].join(",")}}`;
}
