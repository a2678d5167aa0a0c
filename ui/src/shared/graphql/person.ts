const stored = "waymark.as";

/** Whom the reader chose to be. The server honours it in the demo alone; elsewhere who you are is your login. */
export const actingAs = {
  now: (): string | null => localStorage.getItem(stored),
  become(user: string | null): void {
    if (user === null) localStorage.removeItem(stored);
    else localStorage.setItem(stored, user);
  },
};
