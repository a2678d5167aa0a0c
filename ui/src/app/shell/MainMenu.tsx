import * as Radix from "@radix-ui/react-popover";
import { Link, useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { buttonClass } from "~/shared/ui/Button";
import { Icon } from "~/shared/ui/Icon";
import { isAt, places } from "./places";
import { WhoMenu } from "./WhoMenu";

/** Where the words of the header stand when there is no room for them. */
export function MainMenu({ onPalette }: { onPalette: () => void }) {
  const [open, setOpen] = useState(false);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const close = () => setOpen(false);
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger className={`${buttonClass({ square: true })} menu-button`} aria-label="Menu">
        <Icon name="menu" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu who-menu" align="end" sideOffset={6} collisionPadding={8}>
          <nav aria-label="Main">
            {places.map((place) => (
              <Link
                key={place.word}
                to={place.to}
                className={isAt(place, pathname) ? "menu-item bare on" : "menu-item bare"}
                activeOptions={{ exact: true }}
                aria-current={isAt(place, pathname) ? "page" : undefined}
                onClick={close}
              >
                {place.word}
              </Link>
            ))}
          </nav>
          <button
            type="button"
            className="menu-item menu-act"
            onClick={() => {
              close();
              onPalette();
            }}
          >
            Commands of this page
          </button>
          <WhoMenu inMenu />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
