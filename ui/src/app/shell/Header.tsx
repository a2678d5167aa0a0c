import { Link, useRouterState } from "@tanstack/react-router";
import { SearchField } from "~/features/suggest/SearchField";
import { Mark } from "./Mark";
import { MainMenu } from "./MainMenu";
import { isAt, places } from "./places";
import { WhoMenu } from "./WhoMenu";
import "./Header.css";

/** Mark, search, six words, who. On a phone the words stand behind Menu, the search stays. */
export function Header({ onPalette }: { onPalette: () => void }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  return (
    <header className="head">
      <Link to="/" className="brand" aria-label="Waymark, start">
        <Mark />
        <span>Waymark</span>
      </Link>
      {pathname === "/" ? <span className="head-room" /> : <SearchField />}
      <nav className="nav clips" aria-label="Main">
        {places.map((place) => (
          <Link key={place.word} to={place.to} activeOptions={{ exact: true }} aria-current={isAt(place, pathname) ? "page" : undefined}>
            {place.word}
          </Link>
        ))}
      </nav>
      <WhoMenu />
      <MainMenu onPalette={onPalette} />
    </header>
  );
}
