import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Combobox } from "./Combobox";

function Field({ pick, submit }: { pick: (what: string) => void; submit: () => void }) {
  const [text, setText] = useState("");
  const option = (id: string) => ({ id, content: id, pick: () => pick(id) });
  const groups = text ? [{ head: "Terms", options: [option("net")] }, { head: "Tables", options: [option("daily"), option("v1")] }] : [];
  return <Combobox label="Search" value={text} onChange={setText} groups={groups} onSubmit={submit} />;
}

function draw() {
  const pick = vi.fn();
  const submit = vi.fn();
  render(<Field pick={pick} submit={submit} />);
  return { pick, submit, field: screen.getByRole("combobox", { name: "Search" }) };
}

describe("a field with a list", () => {
  it("is closed until something was typed", async () => {
    const { field } = draw();
    expect(field.getAttribute("aria-expanded")).toBe("false");
    await userEvent.type(field, "rev");
    expect(field.getAttribute("aria-expanded")).toBe("true");
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["net", "daily", "v1"]);
  });

  it("keeps the focus while the arrows move through all groups", async () => {
    const { field, pick } = draw();
    await userEvent.type(field, "rev{ArrowDown}{ArrowDown}");
    expect(document.activeElement).toBe(field);
    expect(document.getElementById(field.getAttribute("aria-activedescendant") ?? "")?.textContent).toBe("daily");
    await userEvent.keyboard("{Enter}");
    expect(pick).toHaveBeenCalledWith("daily");
  });

  it("goes up to the last option first", async () => {
    const { field } = draw();
    await userEvent.type(field, "rev{ArrowUp}");
    expect(screen.getByRole("option", { selected: true }).textContent).toBe("v1");
  });

  it("sends what was typed when nothing is picked out", async () => {
    const { field, submit, pick } = draw();
    await userEvent.type(field, "rev{Enter}");
    expect(submit).toHaveBeenCalledTimes(1);
    expect(pick).not.toHaveBeenCalled();
  });

  it("closes with Escape before it lets go", async () => {
    const { field } = draw();
    await userEvent.type(field, "rev{Escape}");
    expect(field.getAttribute("aria-expanded")).toBe("false");
    expect(document.activeElement).toBe(field);
    await userEvent.keyboard("{Escape}");
    expect(document.activeElement).not.toBe(field);
  });
});
