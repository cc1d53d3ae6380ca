// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {ReentrancyGuardTransient} from "solady/utils/ReentrancyGuardTransient.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

/// EIP-2612
interface IPermit {
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;
}

/// Takes ETH and listed tokens for credits. A deposit is an event and nothing else: no balance per payer is kept, credits live
/// in the ledger that reads these events. `memo` binds the payer's account, so that whoever pays, the right account is credited.
/// Amounts are wei, or base units of the token.
contract Till is Ownable, ReentrancyGuardTransient {
    /// Only tokens listed by the owner are ever called in a deposit.
    mapping(address token => bool) public isListed;

    event Deposited(address indexed payer, bytes32 indexed memo, uint256 amount);
    event TokenDeposited(address indexed payer, address indexed token, bytes32 indexed memo, uint256 amount);
    event TokenListed(address indexed token, bool listed);
    event TokenWithdrawn(address indexed token, address indexed to, uint256 amount);
    event Withdrawn(address indexed to, uint256 amount);

    error NothingSent();
    error NotListed(address token);
    error UseDeposit();
    /// The token took a fee, or moved less or more for another reason.
    error WrongAmount(uint256 asked, uint256 arrived);

    constructor(address owner_) {
        _initializeOwner(owner_);
    }

    function deposit(bytes32 memo) external payable {
        if (msg.value == 0) revert NothingSent();
        emit Deposited(msg.sender, memo, msg.value);
    }

    /// The payer has approved at least `amount` to the till.
    function depositToken(address token, uint256 amount, bytes32 memo) external nonReentrant {
        _checkListed(token);
        _takeToken(token, amount, memo);
    }

    /// With the payer's signature instead of an approval. A permit can be sent in by anyone who sees it, and works once; so it
    /// may be spent already, and failing here would let a front-runner stop the deposit. What counts is the allowance it left.
    /// It is asked for `msg.sender` alone: nobody can put a memo of their own to someone else's permit.
    function depositTokenWithPermit(
        address token,
        uint256 amount,
        bytes32 memo,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant {
        _checkListed(token);
        try IPermit(token).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        _takeToken(token, amount, memo);
    }

    /// What is in the till of a token that leaves the list stays, and can be withdrawn.
    function listToken(address token, bool listed) external onlyOwner {
        isListed[token] = listed;
        emit TokenListed(token, listed);
    }

    function withdraw(address to, uint256 amount) external onlyOwner {
        emit Withdrawn(to, amount);
        SafeTransferLib.safeTransferETH(to, amount);
    }

    /// Any token, listed or not: some are sent here by mistake.
    function withdrawToken(address token, address to, uint256 amount) external onlyOwner nonReentrant {
        emit TokenWithdrawn(token, to, amount);
        SafeTransferLib.safeTransfer(token, to, amount);
    }

    /// A plain transfer would be money without an account.
    receive() external payable {
        revert UseDeposit();
    }

    /// Nobody could withdraw any more; hand the till over instead.
    function renounceOwnership() public payable override onlyOwner {
        revert Unauthorized();
    }

    function _checkListed(address token) private view {
        if (!isListed[token]) revert NotListed(token);
    }

    /// The event says what arrived. A difference is refused rather than reported, for the payer was quoted credits for `amount`.
    function _takeToken(address token, uint256 amount, bytes32 memo) private {
        if (amount == 0) revert NothingSent();
        uint256 before = SafeTransferLib.balanceOf(token, address(this));
        SafeTransferLib.safeTransferFrom(token, msg.sender, address(this), amount);
        uint256 arrived = SafeTransferLib.balanceOf(token, address(this)) - before;
        if (arrived != amount) revert WrongAmount(amount, arrived);
        emit TokenDeposited(msg.sender, token, memo, amount);
    }

    /// Everywhere by transient storage: the library would do so on mainnet only.
    function _useTransientReentrancyGuardOnlyOnMainnet() internal pure override returns (bool) {
        return false;
    }
}
