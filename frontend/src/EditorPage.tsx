import { useEffect } from "react";
import { Canvas } from "./features/canvas/Canvas";
import { ExchangeMenu } from "./features/exchange";
import { FindingChips } from "./features/findings/FindingChips";
import { FindingsPanel } from "./features/findings/FindingsPanel";
import { CommandPalette } from "./features/help/CommandPalette";
import { HelpSheet } from "./features/help/HelpSheet";
import { ShortcutSheet } from "./features/help/ShortcutSheet";
import { useHelpCommands } from "./features/help/useHelpCommands";
import { Inspector } from "./features/inspector/Inspector";
import { Palette } from "./features/palette/Palette";
import { ShareButton } from "./features/share";
import { EditorFrame } from "./features/shell/EditorFrame";
import { LoadingPage, MessagePage, SignedOutPage } from "./features/shell/pages";
import { TopBar } from "./features/shell/TopBar";
import { useKeys } from "./features/shell/useKeys";
import { RunButton, RunDrawer, useRunSession } from "./features/simulation";
import { loadCatalog, useCatalog } from "./state/catalogStore";
import { startDesignSession } from "./state/designSession";
import { useDesign } from "./state/designStore";
import { navigate } from "./state/router";
import { Button } from "./ui";

export default function EditorPage({ designId }: { designId: string }) {
  const status = useDesign((state) => state.status);
  const catalog = useCatalog((state) => state.status);
  useEffect(() => void loadCatalog(), []);
  useEffect(() => startDesignSession(designId), [designId]);
  if (status === "signed_out") return <SignedOutPage />;
  if (status === "missing") {
    return (
      <MessagePage title="This design is not here" action={<Button onClick={() => navigate("/")}>All designs</Button>}>
        It was deleted, or it belongs to a workspace that you are not a member of.
      </MessagePage>
    );
  }
  if (status === "too_large" || status === "unreadable") {
    return (
      <MessagePage
        title={status === "too_large" ? "This change is too large" : "The server could not read a change"}
        action={<Button onClick={() => window.location.reload()}>Open the stored design</Button>}
      >
        {status === "too_large"
          ? "A design can hold 20 MB, and one change 6 MB. What was stored before is safe."
          : "What was stored before is safe. If this comes again, reload the page to get the newest version."}
      </MessagePage>
    );
  }
  if (catalog === "failed") {
    return (
      <MessagePage
        title="The catalog could not be loaded"
        action={<Button onClick={() => void loadCatalog()}>Try again</Button>}
      >
        Without it, Windtunnel does not know the services and what connects them.
      </MessagePage>
    );
  }
  if (status !== "ready" || catalog !== "ready") return <LoadingPage />;
  return <Editor designId={designId} />;
}

function Editor({ designId }: { designId: string }) {
  useKeys();
  useRunSession(designId);
  useHelpCommands();
  return (
    <>
      <EditorFrame
        topBar={<TopBar findings={<FindingChips />} actions={<EditorActions />} />}
        palette={<Palette />}
        canvas={<Canvas />}
        overlay={<FindingsPanel />}
        drawer={<RunDrawer />}
        inspector={<Inspector />}
      />
      <CommandPalette />
      <ShortcutSheet />
      <HelpSheet />
    </>
  );
}

function EditorActions() {
  return (
    <>
      <ExchangeMenu />
      <ShareButton />
      <RunButton />
    </>
  );
}
