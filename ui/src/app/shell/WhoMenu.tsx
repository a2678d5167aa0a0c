import * as Radix from "@radix-ui/react-dropdown-menu";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { actingAs } from "~/shared/graphql/person";
import { meQuery } from "~/shared/me/queries";
import { Face } from "~/shared/ui/Face";
import { Icon } from "~/shared/ui/Icon";
import { setTheme, theme, type Theme } from "../theme";
import "./WhoMenu.css";

const themes: [Theme, string][] = [
  ["system", "As the system is set"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** Who one is; in the sample company, whom one may be instead; light or dark. */
export function WhoMenu({ inMenu = false }: { inMenu?: boolean }) {
  const { data } = useQuery(meQuery);
  if (!data) return <span className="who" />;
  const { me } = data;
  const said = me.title ? `${me.display}, ${me.title.toLowerCase()}` : me.display;
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger className={inMenu ? "who in-menu" : "who"} aria-label={`You are ${said}`}>
        <span className="who-name">{said}</span>
        <Face name={me.display} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu who-menu" align="end" sideOffset={6} collisionPadding={8}>
          {me.demo && <People />}
          <Themes />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function People() {
  const { data } = useQuery(meQuery);
  const queryClient = useQueryClient();
  const become = (user: string) => {
    actingAs.become(user);
    void queryClient.resetQueries();
  };
  return (
    <Radix.RadioGroup value={data?.me.user} onValueChange={become}>
      <Radix.Label className="menu-head">In this sample company you may be</Radix.Label>
      {data?.cast.map((person) => (
        <Radix.RadioItem key={person.user} value={person.user} className="menu-item">
          <Face name={person.display} small />
          <span>{person.display}</span>
          <span className="push menu-hint">{person.title}</span>
          <span className="menu-check">
            <Radix.ItemIndicator>
              <Icon name="check" />
            </Radix.ItemIndicator>
          </span>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

function Themes() {
  const [chosen, setChosen] = useState(theme);
  const choose = (value: string) => {
    const next = themes.find(([id]) => id === value)?.[0] ?? "system";
    setTheme(next);
    setChosen(next);
  };
  return (
    <Radix.RadioGroup value={chosen} onValueChange={choose}>
      <Radix.Label className="menu-head">Light and dark</Radix.Label>
      {themes.map(([id, word]) => (
        <Radix.RadioItem key={id} value={id} className="menu-item">
          <span>{word}</span>
          <span className="push menu-check">
            <Radix.ItemIndicator>
              <Icon name="check" />
            </Radix.ItemIndicator>
          </span>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
