import { useEffect, type ReactNode } from "react";
import "./Page.css";

/** The frame of a page's content. It names the window, so that tabs and history can be told apart. */
export function Page({ title, children, wide = false }: { title: string; children: ReactNode; wide?: boolean }) {
  useEffect(() => {
    document.title = title ? `${title} · Waymark` : "Waymark";
  }, [title]);
  return <div className={wide ? "page wide-page" : "page"}>{children}</div>;
}
