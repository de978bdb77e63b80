import { fileURLToPath, URL } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { serviceIcons } from "./plugins/serviceIcons.ts";

const server = process.env.WINDTUNNEL_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/",
  plugins: [react(), serviceIcons(new URL("../designer/domain/catalog/services/", import.meta.url))],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    proxy: {
      // Objects, not bare addresses: those would change the Host that the server compares with the Origin.
      "/api": { target: server },
      "/sign-in": { target: server },
      "/sign-out": { target: server },
      "/join": { target: server },
      "/ws": { target: server, ws: true },
    },
  },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    assetsInlineLimit: 0,
    // ELK is 1.4 MB and is only loaded for "Tidy up".
    chunkSizeWarningLimit: 1600,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: { include: [/tokens\.css/] },
    restoreMocks: true,
  },
});
