import icons from "virtual:service-icons";
import { Box, Users } from "lucide-react";
import { classes } from "./classes";
import styles from "./ServiceIcon.module.css";

interface ServiceIconProps {
  /** Path in aws-icons as the catalog gives it; empty for what is not an AWS service. */
  icon: string;
  entryPoint?: boolean | undefined;
  size?: number;
}

/** The official icon of a service, or a drawn one for callers and unknown resources. */
export function ServiceIcon({ icon, entryPoint, size = 24 }: ServiceIconProps) {
  const address = icons[icon];
  if (address) {
    const isGlyph = icon.startsWith("resource/");
    return (
      <img
        src={address}
        alt=""
        width={size}
        height={size}
        className={classes(styles.icon, isGlyph && styles.glyph)}
        style={isGlyph ? { padding: size * 0.09 } : undefined}
        draggable={false}
      />
    );
  }
  const Drawn = entryPoint ? Users : Box;
  return (
    <span className={styles.drawn} style={{ width: size, height: size }}>
      <Drawn size={size * 0.56} strokeWidth={1.75} />
    </span>
  );
}
