/** A named operation with the types of its answer and its variables; the generated documents are such. */
export interface Operation<Answer, Variables> {
  text: string;
  /** Never there: it only ties the types to the text. */
  types?: (variables: Variables) => Answer;
}

/** Ties a text to its types. */
export function operation<Answer, Variables>(text: string): Operation<Answer, Variables> {
  return { text };
}
