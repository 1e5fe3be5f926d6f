import { printWidth } from "../javascript/width.ts";

/** What the model says about a thing, as the comment above it: each line ends in a line break; nothing where the model says nothing. */
export function docComment(level: number, description: string | undefined): string {
  if (description === undefined) return "";
  const indentation = "  ".repeat(level);
  const text = description.replaceAll("*/", "*\\/").replace(/\s+/g, " ").trim();
  const single = `${indentation}/** ${text} */`;
  if (single.length <= printWidth) return `${single}\n`;
  const lines = wrap(text, printWidth - indentation.length - " * ".length);
  return [`${indentation}/**`, ...lines.map((line) => `${indentation} * ${line}`), `${indentation} */`, ""].join("\n");
}

function wrap(text: string, width: number): readonly string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) return [...lines, word];
    return [...lines.slice(0, -1), `${line} ${word}`];
  }, []);
}
