"""The audit: events that are only added, each with the hash of the one before."""

from django.db import models


class ChainHead(models.Model):
    """The last link of one chain (a county's, or 0 for what belongs to none); its row is the lock that orders the events."""

    chain = models.BigIntegerField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Event(models.Model):
    """Who did what to what, when, from where, with which result. The database refuses to change or delete it."""

    chain = models.BigIntegerField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    organization_id = models.BigIntegerField(null=True)
    result = models.CharField(max_length=20, default="done")
    data = models.TextField(default="{}")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="audit_event_chain_sequence")]
        indexes = [
            models.Index(fields=["chain", "subject"], name="audit_event_subject"),
            models.Index(fields=["chain", "at"], name="audit_event_at"),
            models.Index(fields=["kind", "at"], name="audit_event_kind"),
            models.Index(fields=["actor_id", "at"], name="audit_event_actor"),
        ]
