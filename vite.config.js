// Builds the browser's side into src/bihuan/web/static/built/ (git-ignored, shipped in the wheel).
import { readFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";
import { defineConfig } from "vite";

/** One SVG sprite of the icons that frontend/icons.txt names; pages point into it with <use>. */
function iconSprite() {
  const symbol = (name) => {
    const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
    const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>[\s\S]*$/, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  };
  return {
    name: "icon-sprite",
    generateBundle() {
      const names = readFileSync("frontend/icons.txt", "utf8").split("\n").map((line) => line.trim()).filter(Boolean);
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`;
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "frontend/icons.txt", source });
    },
  };
}

/** Of Tabler only what a template, a view or a script of ours names; our own style sheets are kept whole. */
function onlyUsedOfTabler() {
  return {
    name: "only-used-of-tabler",
    enforce: "pre",
    async transform(code, id) {
      if (!id.includes("@tabler/core") || !id.endsWith(".css")) return null;
      const [kept] = await new PurgeCSS().purge({
        css: [{ raw: code }],
        content: ["src/bihuan/web/**/*.html", "src/bihuan/web/**/*.py", "frontend/*.js"],
        safelist: { standard: [/^:root/, "html", "body"], greedy: [/data-bs-theme/] },
        variables: false,
      });
      return { code: kept.css, map: null };
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [onlyUsedOfTabler(), iconSprite()],
  publicDir: false,
  build: {
    outDir: "src/bihuan/web/static/built",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: false,
    target: "es2020",
    rollupOptions: { input: { main: "frontend/main.js" } },
  },
});
