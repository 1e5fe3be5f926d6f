/** What a fragment of LANGUAGE.md is put into: the word behind `domain` on its fence says where it stands. */
export const frames: { readonly [where in "declarations" | "aggregate" | "command"]: (fragment: string) => string } = {
  declarations: (fragment) => model({ declarations: fragment }),
  aggregate: (fragment) => model({ aggregate: fragment }),
  command: (fragment) => model({ command: fragment }),
};

/** One line of a fragment of conditions, as a person would write it. */
export const conditionFrame = (condition: string): string => model({ command: `      reject "No." when ${condition}` });

interface Parts {
  readonly declarations?: string;
  readonly aggregate?: string;
  readonly command?: string;
}

/** A field of the frame gives way to one of the fragment that has the same name. */
function model({ declarations = "", aggregate = "", command = "" }: Parts): string {
  const declared = new Set([...aggregate.matchAll(/^ {4}(\w+): /gm)].map((match) => match[1]));
  const state = fields.filter((field) => !declared.has(field.split(":")[0])).map((field) => `    ${field}`);
  return `domain demo

role clerk

value place
  north: number
  east: number

value lineItem
  sku: text
  quantity: integer
  price: decimal

choice status
  open
  placed
  paid

context ordering

  aggregate order
${state.join("\n")}

    command place on new order
      total: decimal
      lines: list of lineItem
      publish placed
        total = total
        lines = lines

    command act
      label: text
      amount: decimal, at least 1
      reject "A label is missing." when label is empty
${command}
      publish acted with label, amount

    event placed
      total: decimal
      lines: list of lineItem
      set total, items = lines, placedAt = event.timestamp

    event acted
      label: text
      amount: decimal
      set label
${aggregate}

    allow everyone to place, act
    allow everyone to see placed, acted

list orders
  label: text

  when order.placed
    add label = ""

  when order.acted
    update label

  allow everyone to read

${declarations}
`;
}

const fields = [
  "label: text",
  "status: status = open",
  "total: decimal",
  "trusted: boolean",
  "note: optional text",
  "seats: integer",
  "items: list of lineItem",
  "names: list of text",
  "placedAt: optional timestamp",
  "parent: optional order",
  "assignee: optional id",
];
