/** An operation that the page opens with, so that somebody new begins with something that works. */
export interface Example {
  readonly title: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const examples: Example[] = [];

/** Adds a room's example to the page, in the order of the rooms. A test runs every one against the schema. */
export function defineExample(title: string, document: string, variables?: Readonly<Record<string, unknown>>): Example {
  const example = Object.freeze({ title, document: document.trim(), variables });
  examples.push(example);
  return example;
}

/** Every example, in the order of the page's tabs. */
export function allExamples(): readonly Example[] {
  return examples;
}
