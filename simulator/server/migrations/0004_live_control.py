"""What viewers tell a run while it goes on, how it is being played, and what an earlier run's viewers did."""

from django.db import migrations, models

import simulator.server.control


class Migration(migrations.Migration):
    dependencies = [("simulator", "0003_workspace_prices")]

    operations = [
        migrations.AddField("run", "commands", models.JSONField(default=list)),
        migrations.AddField("run", "control", models.JSONField(default=simulator.server.control.fresh_control)),
        migrations.AddField("run", "replay", models.JSONField(default=list)),
    ]
