import { describe, expect, it } from "vitest";
import { html } from "./markdown";

describe("the manual's Markdown", () => {
  it("has tables", () => expect(html("| a | b |\n|---|---|\n| 1 | 2 |")).toContain("<td>1</td>"));
  it("lets no raw HTML through", () => expect(html("<script>x()</script>\n\n<b>no</b>")).not.toMatch(/<script|<b>/));
  it("drops links that run code", () => expect(html("[x](javascript:alert(1))")).not.toContain("javascript"));
});
