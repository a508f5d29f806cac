from django.db import migrations, models

import touchbase.kernel.ids


def give_each_a_listing(apps, _schema_editor):
    """One key for each: a default would be worked out once, and be the same for everybody."""
    for row in apps.get_model("supporters", "Supporter").objects.all():
        row.listing = touchbase.kernel.ids.new_id()
        row.save(update_fields=["listing"])


class Migration(migrations.Migration):

    dependencies = [
        ('supporters', '0002_duty_and_swap'),
    ]

    operations = [
        migrations.AddField(
            model_name='supporter',
            name='apart',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='supporter',
            name='contact_public',
            field=models.CharField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='supporter',
            name='days',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='supporter',
            name='nights',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='supporter',
            name='paused',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='supporter',
            name='listing',
            field=models.CharField(editable=False, max_length=26, null=True),
        ),
        migrations.RunPython(give_each_a_listing, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='supporter',
            name='listing',
            field=models.CharField(default=touchbase.kernel.ids.new_id, editable=False, max_length=26, unique=True),
        ),
    ]
