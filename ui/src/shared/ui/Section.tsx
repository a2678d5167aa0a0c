import { useId, type ReactNode } from "react";
import "./Section.css";

/** A section whose head and one-sentence caption stand in the margin, the matter to the right. */
export function Section({ head, caption, aside, thin = false, children }: { head: ReactNode; caption?: ReactNode; aside?: ReactNode; thin?: boolean; children: ReactNode }) {
  const id = useId();
  return (
    <section className={thin ? "section thin" : "section"} aria-labelledby={id}>
      <header>
        <h2 id={id} className="q">
          {head}
        </h2>
        {caption && <p>{caption}</p>}
        {aside}
      </header>
      <div className="section-matter">{children}</div>
    </section>
  );
}
