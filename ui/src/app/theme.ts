/** The reader's choice of ground; "system" follows the machine. */
export type Theme = "system" | "light" | "dark";

const stored = "waymark.theme";

/** What was chosen before, "system" when nothing was. */
export function theme(): Theme {
  const value = localStorage.getItem(stored);
  return value === "light" || value === "dark" ? value : "system";
}

/** Sets the ground of the page and remembers it. */
export function setTheme(next: Theme): void {
  if (next === "system") localStorage.removeItem(stored);
  else localStorage.setItem(stored, next);
  applyTheme();
}

/** Puts the remembered choice on the page; before the first paint, so that nothing flashes. */
export function applyTheme(): void {
  const chosen = theme();
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}
