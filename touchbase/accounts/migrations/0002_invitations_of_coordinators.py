from django.db import migrations, models

import touchbase.kernel.ids


def give_each_a_key(apps, _schema_editor):
    """One key for each: a default would be worked out once, and be the same for everybody."""
    invitations = apps.get_model("accounts", "Invitation").objects
    for token_hash in list(invitations.values_list("token_hash", flat=True)):
        invitations.filter(token_hash=token_hash).update(key=touchbase.kernel.ids.new_id())


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.CharField(default='operator', max_length=26),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='invitation',
            name='undelivered',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='invitation',
            name='key',
            field=models.CharField(default='', editable=False, max_length=26),
        ),
        migrations.RunPython(give_each_a_key, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='invitation',
            name='key',
            field=models.CharField(default=touchbase.kernel.ids.new_id, editable=False, max_length=26, unique=True),
        ),
    ]
