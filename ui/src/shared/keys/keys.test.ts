import { beforeEach, describe, expect, it, vi } from "vitest";
import { find, pressed, starts } from "./keys";
import { letters, press, register } from "./registry";

const key = (name: string, more: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key: name, cancelable: true, ...more });

describe("a press", () => {
  it.each([
    [key("k", { ctrlKey: true }), "Ctrl k"],
    [key("K", { metaKey: true }), "Ctrl k"],
    [key("X", { shiftKey: true }), "Shift x"],
    [key("?", { shiftKey: true }), "?"],
    [key("Escape"), "Escape"],
  ])("is written %#", (event, want) => expect(pressed(event)).toBe(want));
});

describe("commands", () => {
  const go = { keys: "g l", does: "Lineage", run: vi.fn() };
  const list = { keys: "l", does: "List", run: vi.fn() };

  it("in two keys win over the last key alone", () => {
    expect(find([go, list], "l", "g")).toBe(go);
    expect(find([go, list], "l", null)).toBe(list);
    expect(starts([go, list], "g")).toBe(true);
    expect(starts([go, list], "l")).toBe(false);
  });

  it("of the page shadow those of the shell", () => {
    const shell = { keys: "e", does: "first", run: vi.fn() };
    const page = { keys: "e", does: "second", run: vi.fn() };
    expect(find([shell, page], "e", null)).toBe(page);
  });
});

describe("the registry", () => {
  beforeEach(() => localStorage.clear());

  it("runs what was registered until it is taken away", () => {
    const run = vi.fn();
    const forget = register([{ keys: "j", does: "Next row", run }]);
    press(key("j"));
    forget();
    press(key("j"));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("lets a page shadow the shell, whichever came first", () => {
    const [page, shell] = [vi.fn(), vi.fn()];
    const forget = [register([{ keys: "e", does: "page", run: page }]), register([{ keys: "e", does: "shell", run: shell }], true)];
    press(key("e"));
    forget.forEach((each) => each());
    expect([page.mock.calls.length, shell.mock.calls.length]).toEqual([1, 0]);
  });

  it("never fires letters in fields", () => {
    const run = vi.fn();
    const forget = register([{ keys: "j", does: "Next row", run }]);
    const field = document.createElement("input");
    document.body.append(field);
    field.addEventListener("keydown", press);
    field.dispatchEvent(key("j"));
    forget();
    expect(run).not.toHaveBeenCalled();
  });

  it("keeps still when letters are switched off", () => {
    const run = vi.fn();
    const forget = register([{ keys: "j", does: "Next row", run }, { keys: "Ctrl k", does: "Palette", run }]);
    letters.turn(false);
    press(key("j"));
    expect(run).not.toHaveBeenCalled();
    press(key("k", { ctrlKey: true }));
    expect(run).toHaveBeenCalledTimes(1);
    forget();
  });
});
