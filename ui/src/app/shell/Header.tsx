import { Link, useRouterState } from "@tanstack/react-router";
import { SearchField } from "~/features/suggest/SearchField";
import { Mark } from "./Mark";
import { MainMenu } from "./MainMenu";
import { places } from "./places";
import { WhoMenu } from "./WhoMenu";
import "./Header.css";

/** Mark, search, six words, who. On a phone the words stand behind Menu, the search stays. */
export function Header({ onPalette }: { onPalette: () => void }) {
  const home = useRouterState({ select: (state) => state.location.pathname === "/" });
  return (
    <header className="head">
      <Link to="/" className="brand" aria-label="Waymark, start">
        <Mark />
        <span>Waymark</span>
      </Link>
      {home ? <span className="head-room" /> : <SearchField />}
      <nav className="nav clips" aria-label="Main">
        {places.map(({ word, to }) => (
          <Link key={word} to={to} activeOptions={{ exact: to === "/" }} activeProps={{ "aria-current": "page" }}>
            {word}
          </Link>
        ))}
      </nav>
      <WhoMenu />
      <MainMenu onPalette={onPalette} />
    </header>
  );
}
