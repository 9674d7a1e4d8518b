// The language of the caller's pages. The staff's are in English.

export type Language = "en" | "de";
export const languages: Language[] = ["en", "de"];

const key = "hustings.language";

function isCallersPage(): boolean {
  return typeof location !== "undefined" && /^\/(call|join)(\/|$)/.test(location.pathname);
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/// What the caller chose in this browser, else what the browser asks for.
function choose(): Language {
  if (!isCallersPage()) return "en";
  const wanted = stored() ?? navigator.language.slice(0, 2).toLowerCase();
  return wanted === "de" ? "de" : "en";
}

/// Chosen when the page opens: texts are read once. Another choice opens the page anew.
export const language: Language = choose();

export function speak(next: Language): void {
  try {
    localStorage.setItem(key, next);
  } catch {
    // Then the browser's own language stays.
  }
  location.reload();
}

/// Tells the browser and screen readers.
export function markLanguage(): void {
  document.documentElement.lang = language;
}
