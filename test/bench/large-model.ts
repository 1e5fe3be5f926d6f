/** A model of so many aggregates, ten lines and an empty one for each, in contexts of twenty; a list for every tenth. */
export function largeModel(aggregates: number): string {
  const numbers = Array.from({ length: aggregates }, (_, number) => number);
  const parts = numbers.map((number) => `${number % 20 === 0 ? `context area${number / 20}\n\n` : ""}${aggregate(number)}`);
  const lists = numbers.filter((number) => number % 10 === 0).map(list);
  return ["domain large\n", ...parts, ...lists].join("\n");
}

const aggregate = (number: number) => `  aggregate order${number}
    note: text
    command place on new order${number}
      note: text, at most 100 characters
      reject "Say what is ordered." when note is empty
      publish placed with note
    event placed
      note: text
      set note
    allow everyone to place
    allow everyone to see placed
`;

const list = (number: number) => `list orders${number}
  note: text
  when order${number}.placed
    add note
  allow everyone to read
`;
