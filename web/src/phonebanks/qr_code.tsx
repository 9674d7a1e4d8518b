import qrcode from "qrcode-generator";
import { useMemo } from "preact/hooks";

const margin = 4;  // modules, as the standard asks

/// Always dark on white, whatever the theme: cameras expect it.
export function QrCode(of: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const code = qrcode(0, "M");
    code.addData(of.text);
    code.make();
    const count = code.getModuleCount();
    let drawn = "";
    for (let row = 0; row < count; ++row) {
      for (let column = 0; column < count; ++column) {
        if (code.isDark(row, column)) drawn += `M${column + margin} ${row + margin}h1v1h-1z`;
      }
    }
    return { path: drawn, size: count + 2 * margin };
  }, [of.text]);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={of.label}
      shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
