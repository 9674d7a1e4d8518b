/// Fills a script's places: "{first_name}" and "{caller}".
export function fillScript(text: string, of: { first_name: string; caller: string }): string {
  return text.replace(/\{(first_name|caller)\}/g, (_, name: "first_name" | "caller") => of[name]);
}
