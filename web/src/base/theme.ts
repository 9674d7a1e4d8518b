import { makeStore } from "./store";
import { applyTheme, storeTheme, storedTheme } from "./theme_choice";
import type { Theme } from "./theme_choice";

export const theme = makeStore<Theme>("system");

export function startTheme(): void {
  theme.set(storedTheme());
}

export function chooseTheme(chosen: Theme): void {
  applyTheme(chosen);
  storeTheme(chosen);
  theme.set(chosen);
}
