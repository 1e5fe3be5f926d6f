/** One row of a printed file. */
export interface Row {
  readonly depth: number;
  /** Empty, if the row has cells or is a comment alone. */
  readonly content: string;
  readonly comment: string;
  readonly cells?: readonly string[];
}

type Rows = readonly (Row | undefined)[];

/** Rows of cells that follow each other become columns of equal width. */
export function alignTables(rows: Rows): Rows {
  return mapRuns(rows, (row) => row.cells !== undefined, alignTable);
}

function alignTable(rows: readonly Row[]): Row[] {
  const widths: number[] = [];
  for (const { cells = [] } of rows) cells.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))));
  return rows.map(({ depth, comment, cells = [] }) => {
    const padded = cells.map((cell, column) => ` ${cell}${" ".repeat(widths[column]! - widthOf(cell))} |`);
    return { depth, comment, content: `|${padded.join("")}` };
  });
}

/** Comments at the ends of neighbouring rows stand below each other. */
export function alignComments(rows: Rows): Rows {
  return mapRuns(rows, (row) => row.content !== "" && row.comment !== "", alignRun);
}

function alignRun(rows: readonly Row[]): Row[] {
  const endOf = ({ depth, content }: Row) => 2 * depth + widthOf(content);
  const end = Math.max(...rows.map(endOf));
  return rows.map((row) => ({ ...row, content: row.content + " ".repeat(end - endOf(row)) }));
}

function mapRuns(rows: Rows, belongs: (row: Row) => boolean, map: (run: readonly Row[]) => Row[]): Rows {
  const result: (Row | undefined)[] = [];
  let run: Row[] = [];
  const endRun = () => {
    if (run.length > 0) result.push(...map(run));
    run = [];
  };
  for (const row of rows) {
    if (row !== undefined && belongs(row)) {
      run.push(row);
      continue;
    }
    endRun();
    result.push(row);
  }
  endRun();
  return result;
}

/** In characters as people count them. */
function widthOf(text: string) {
  return [...text].length;
}
