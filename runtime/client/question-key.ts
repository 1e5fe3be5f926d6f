/** What makes two questions the same: the list that they are asked of, and what is asked. */
export interface QuestionKey {
  readonly list: object;
  readonly text: string;
}

const keys = new WeakMap<object, QuestionKey>();

/** Says that a question is the same as any other with this key, so that whoever makes it anew each time can be understood. */
export function setQuestionKey(question: object, key: QuestionKey): void {
  keys.set(question, key);
}

/** A list is a question of its own. */
export function questionKeyOf(question: object): QuestionKey {
  return keys.get(question) ?? { list: question, text: "" };
}
