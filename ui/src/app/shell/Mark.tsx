/** The way mark: a yellow blade that points on, with a W. */
export function Mark() {
  return (
    <svg className="brand-mark" viewBox="0 0 24 20" aria-hidden="true">
      <path d="M1.5 2.5H15l7 7.5-7 7.5H1.5z" />
      <path className="brand-letter" d="M5 7.2l2.2 6 2.3-5 2.3 5 2.2-6" />
    </svg>
  );
}
