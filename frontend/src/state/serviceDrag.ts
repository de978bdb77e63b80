/** Type of what the palette's drag carries onto the canvas: a service id. */
export const SERVICE_DRAG = "application/x-windtunnel-service";
