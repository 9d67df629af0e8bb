"""What a unit enters: FollowTheMoney schemata made of graded statements."""
