/** A piece of a line of SQL, as far as drawing needs to know it. */
export interface Token {
  text: string;
  at: number;
  kind: "keyword" | "hole" | "text";
}

const keywords = new Set(
  (
    "select from where group by order having limit offset with recursive as on using join left right full inner outer cross natural union all " +
    "intersect except insert into values update set delete merge create table view materialized temporary temp replace if not exists alter drop " +
    "truncate case when then else end and or in is null like between distinct over partition rows range unbounded preceding following asc desc cast"
  ).split(" "),
);

/** Cuts a line into keywords, holes (`?`, where a literal was) and the rest. Drawing only; the server parses. */
export function tokens(line: string): Token[] {
  return [...line.matchAll(/[A-Za-z_][A-Za-z_0-9.]*|\?|[^A-Za-z_?]+/g)].map((match) => ({
    text: match[0],
    at: match.index,
    kind: match[0] === "?" ? "hole" : keywords.has(match[0].toLowerCase()) ? "keyword" : "text",
  }));
}

/** The lines of a text, each with where it starts. */
export function lines(text: string): { line: string; start: number }[] {
  return [...text.matchAll(/(?:^|(?<=\n))[^\n]*/g)].map((match) => ({ line: match[0], start: match.index }));
}
