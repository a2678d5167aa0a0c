import { describe, expect, it } from "vitest";
import { share } from "./share";

describe("a share", () => {
  it.each([
    [0.99995, "over 99.9 %"],
    [1, "100 %"],
    [0.998, "99.8 %"],
    [0.00005, "under 0.1 %"],
    [0, "0 %"],
  ])("of %d is said as %s", (of, said) => expect(share(of).replace(/\u00a0/g, " ")).toBe(said));
});
