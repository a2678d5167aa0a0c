import { micromark } from "micromark";
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";

/** The manual's Markdown as HTML. Raw HTML in it stays text and unknown protocols are dropped, so nothing can be smuggled in. */
export function html(markdown: string): string {
  const made = micromark(markdown, { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] });
  return made.replaceAll("<pre>", '<pre tabindex="0">'); // what scrolls takes the focus
}
