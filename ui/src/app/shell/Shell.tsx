import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { press } from "~/shared/keys/registry";
import { HatchPattern } from "~/shared/ui/Hatch";
import { Toaster } from "~/shared/ui/Toaster";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { KeySheet } from "./KeySheet";
import { Palette } from "./Palette";
import { useShellKeys } from "./useShellKeys";
import "./Shell.css";

/** What stands around every page: header, footer, palette, keys, messages. */
export function Shell() {
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  const { sheet, palette } = useShellKeys();
  return (
    <>
      <HatchPattern />
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Header onPalette={palette.show} />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer onKeys={sheet.show} />
      <Toaster />
      <Palette open={palette.open} onClose={palette.hide} />
      <KeySheet open={sheet.open} onClose={sheet.hide} />
    </>
  );
}
