import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const MODULE = "virtual:service-icons";
const RESOLVED = `\0${MODULE}`;

/**
 * Makes `virtual:service-icons`: a map from a catalog icon path to the address of its SVG.
 * Only the icons that the service files name are bundled, of the 800 that aws-icons holds.
 */
export function serviceIcons(services: URL): Plugin {
  return {
    name: "windtunnel-service-icons",
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined;
      const paths = iconPaths(services);
      const imports = paths.map((path, index) => `import i${index} from "aws-icons/icons/${path}.svg?url";`);
      const entries = paths.map((path, index) => `${JSON.stringify(path)}: i${index},`);
      return [...imports, "export default {", ...entries, "};"].join("\n");
    },
  };
}

function iconPaths(services: URL): string[] {
  const found = new Set<string>();
  for (const name of readdirSync(services)) {
    if (!name.endsWith(".py")) continue;
    const text = readFileSync(new URL(name, services), "utf8");
    for (const match of text.matchAll(/^\s*icon="([\w/.-]+)",?$/gm)) {
      if (match[1]) found.add(match[1]);
    }
  }
  return [...found].sort();
}
