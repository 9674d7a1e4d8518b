export type Theme = "system" | "light" | "dark";

const key = "hustings.theme";

export function storedTheme(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";  // storage is forbidden: the choice lasts as long as the page
  }
}

export function storeTheme(chosen: Theme): void {
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // See storedTheme().
  }
}

export function applyTheme(chosen: Theme): void {
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}
