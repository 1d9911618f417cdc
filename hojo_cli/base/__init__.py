"""What everything stands on: findings and their texts, exact numbers, records, languages, and text made safe to show."""
